/**
 * The report: results as one self-contained HTML page with plots, for people. The page's template,
 * style and script are resources beside these classes; Java only fills in the data.
 */
package org.espalier.results.report;
