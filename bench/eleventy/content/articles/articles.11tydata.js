export default { layout: "article.njk", permalink: ({ page }) => `/articles/${page.fileSlug}/` };
