// JupyterLab's own export, for two formats of this project: under the names of the menu (schemas/analysis-lab/export.json)
// and with the reason in German where a notebook cannot be exported yet; and the offer of the tour. Written by hand,
// nothing is built.
"use strict";

const FORMATS = ["briefing", "accessible_html"];

/** What the server says of an export that failed; its page of errors puts it behind words of its own. */
async function reasonOf(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const said = page.querySelector("pre.traceback, .traceback-wrapper, #error p")?.textContent ?? "";
  return said.replace(/^\s*nbconvert failed:\s*/, "").trim() || `Der Server antwortet mit ${response.status}.`;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function exportFile(app, { format, path }) {
  const { baseUrl, fetch, init } = app.serviceManager.serverSettings;
  const address = `${baseUrl}nbconvert/${format}/${path.split("/").map(encodeURIComponent).join("/")}?download=true`;
  const note = await app.commands.execute("apputils:notify", {
    message: "Die Datei wird geschrieben …",
    type: "in-progress",
    options: { autoClose: false },
  });
  const finish = (message, type, autoClose) =>
    app.commands.execute("apputils:update-notification", { id: note, message, type, autoClose });
  try {
    const response = await fetch(address, { ...init, credentials: "same-origin", cache: "no-store" });
    if (!response.ok) {
      return finish(await reasonOf(response), "error", false);
    }
    const ending = format === "briefing" ? "pdf" : "html";
    const name = path.split("/").pop().replace(/(\.ipynb)?$/, `.${ending}`);
    save(await response.blob(), name);
    return finish(`„${name}“ liegt bei den Downloads.`, "success", 5000);
  } catch {
    return finish("Der Server antwortet nicht. Bitte prüfen, ob JupyterLab noch läuft.", "error", false);
  }
}

const exporting = {
  id: "analysis-lab:export",
  description: "Offers the briefing and the page to pass on, and says why where it cannot.",
  autoStart: true,
  activate(app) {
    const nbconvert = app.serviceManager.nbconvert;
    const list = nbconvert.getExportFormats.bind(nbconvert);
    const exportAs = nbconvert.exportAs.bind(nbconvert);
    // The menu has them already, under names that people understand.
    nbconvert.getExportFormats = async (force) =>
      Object.fromEntries(Object.entries((await list(force)) ?? {}).filter(([name]) => !FORMATS.includes(name)));
    nbconvert.exportAs = (options) =>
      FORMATS.includes(options.format) ? exportFile(app, options) : exportAs(options);
  },
};

const OFFERED = "analysis-lab:tour-offered";
const LAUNCH = "jupyterlab-tour:launch";

// The tour's own offer is English and gone after ten seconds.
async function offerTour(app) {
  if (localStorage.getItem(OFFERED) || !app.commands.hasCommand(LAUNCH)) {
    return;
  }
  const start = {
    label: "Rundgang starten",
    commandId: LAUNCH,
    args: { id: "jupyterlab-tour:user-tours:rundgang", force: true },
  };
  await app.commands.execute("apputils:notify", {
    message: "Neu hier? Ein kurzer Rundgang zeigt, wo was ist. Später findet er sich unter „Help“.",
    type: "info",
    options: { autoClose: false, actions: [start] },
  });
  localStorage.setItem(OFFERED, "ja");
}

const touring = {
  id: "analysis-lab:tour",
  description: "Offers newcomers the tour, once in each browser.",
  autoStart: true,
  activate(app) {
    app.restored.then(() => offerTour(app)); // not awaited here: JupyterLab is restored after all that it activates
  },
};

(window._JUPYTERLAB ??= {})["analysis-lab"] = {
  init: () => {},
  get: () => Promise.resolve(() => ({ __esModule: true, default: [exporting, touring] })),
};
