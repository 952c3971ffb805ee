/**
 * Handwritten-looking digits that are drawn by arithmetic alone, so that a sparse network can be
 * trained where no data set has been downloaded.
 */
package org.espalier.datasets.digits;
