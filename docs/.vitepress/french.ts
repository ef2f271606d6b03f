/** What the site's theme says by itself, in French. */
export const frenchTheme = {
  outline: { level: [2, 3] as [number, number], label: "Sur cette page" },
  docFooter: { prev: "Page précédente", next: "Page suivante" },
  sidebarMenuLabel: "Menu",
  returnToTopLabel: "Retour en haut",
  langMenuLabel: "Changer de langue",
  darkModeSwitchLabel: "Apparence",
  lightModeSwitchTitle: "Passer au thème clair",
  darkModeSwitchTitle: "Passer au thème sombre",
  skipToContentLabel: "Aller au contenu",
  notFound: {
    title: "Page introuvable",
    quote: "Cette adresse ne mène à aucune page.",
    linkLabel: "Aller à l’accueil",
    linkText: "Accueil",
  },
};

/** What its search says by itself, in French. */
export const frenchSearch = {
  button: { buttonText: "Rechercher", buttonAriaLabel: "Rechercher" },
  modal: {
    displayDetails: "Afficher les détails",
    resetButtonTitle: "Effacer la recherche",
    backButtonTitle: "Fermer la recherche",
    noResultsText: "Aucun résultat pour",
    footer: {
      selectText: "sélectionner",
      navigateText: "naviguer",
      closeText: "fermer",
    },
  },
};
