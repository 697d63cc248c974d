// Shows the document with Scalar; calls go to the server of this page, and nothing goes elsewhere.
"use strict";

const path = document.getElementById("app").dataset.path;
const page = location.pathname.replace(/\/$/, "");
// The router may be nested below a path of its own.
const root = location.origin + page.slice(0, -path.length);

Scalar.createApiReference("#app", {
  url: page + "/document",
  servers: [{ url: root, description: "the server of this page" }],
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: "direct",
});
