// A form for each operation. Texts of the document become text nodes only, never markup.
"use strict";

const list = document.getElementById("list");
// The router may be nested below a path of its own.
const root = location.pathname.replace(/\/$/, "").slice(0, -list.dataset.path.length);

function element(name, text, parent) {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

function field(form, name, label, required, kind) {
  const row = element("label", label + (required ? " *" : ""), form);
  const input = document.createElement(kind);
  input.name = name;
  input.required = required;
  row.append(input);
  return input;
}

function request(operation, inputs, body) {
  const query = [];
  const headers = new Headers();
  let path = operation.path;
  for (const [parameter, input] of inputs) {
    if (input.value === "") continue;
    const value = encodeURIComponent(input.value);
    if (parameter.in === "path") path = path.replace("{" + parameter.name + "}", () => value);
    if (parameter.in === "query") query.push(encodeURIComponent(parameter.name) + "=" + value);
    if (parameter.in === "header") headers.set(parameter.name, input.value);
  }
  const authorization = document.getElementById("authorization").value;
  if (authorization) headers.set("Authorization", authorization);
  if (body && body.value) headers.set("Content-Type", operation.body.includes("*") ? "application/json" : operation.body);
  const url = root + path + (query.length ? (path.includes("?") ? "&" : "?") + query.join("&") : "");
  return [url, { method: operation.method, headers, body: body && body.value ? body.value : undefined, redirect: "manual" }];
}

for (const operation of JSON.parse(document.getElementById("operations").textContent)) {
  const details = element("details", "", list);
  element("summary", operation.method + " " + operation.path + "  " + operation.id, details);
  const form = element("form", "", details);
  // Browsers let no script set cookies of a request.
  const shown = operation.parameters.filter((parameter) => parameter.in !== "cookie");
  const inputs = shown.map((it) => [it, field(form, it.name, it.name + " (" + it.in + ")", it.required, "input")]);
  const body = operation.body ? field(form, "", operation.body, false, "textarea") : null;
  element("button", "Send", form);
  const answer = element("pre", "", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.textContent = "…";
    try {
      const response = await fetch(...request(operation, inputs, body));
      const headers = Array.from(response.headers, ([name, value]) => name + ": " + value).join("\n");
      answer.textContent = response.status + " " + response.statusText + "\n" + headers + "\n\n" + (await response.text());
    } catch (error) {
      answer.textContent = String(error);
    }
  });
}
