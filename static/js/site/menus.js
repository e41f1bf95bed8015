// Menus are <details>: they open without script. Here they also close by Escape or a click elsewhere,
// and the main navigation, folded on a phone, starts closed there.

const narrow = window.matchMedia("(max-width: 767px)");

function foldNavigation(nav) {
  nav.open = !narrow.matches;
}

export function watchMenus() {
  const nav = document.querySelector(".desk-nav-fold");
  if (nav) {
    foldNavigation(nav);
    narrow.addEventListener("change", () => foldNavigation(nav));
  }
  const menus = [...document.querySelectorAll("details.menu")];
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus.filter((one) => one.open)) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
