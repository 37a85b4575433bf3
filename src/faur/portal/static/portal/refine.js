// Two manners of htmx here: nothing is replaced under the eyes of one who reads its numbers, and a failure is said.
const busy = (element) => element.querySelector("details[open]") || element.contains(document.activeElement);

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (elt.matches("[data-live]") && busy(elt)) event.preventDefault();
});

for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, () => { document.getElementById("trouble").hidden = false; });
}
document.addEventListener("htmx:afterSwap", () => { document.getElementById("trouble").hidden = true; });
