/** Rows of typed columns: their schema, how they lie in memory, and what a kind of data adds. */
package org.espalier.datasets.rows;
