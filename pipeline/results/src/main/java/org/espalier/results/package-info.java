/**
 * What was measured: operating points with their provenance, as Parquet files, as one table, and as
 * text for a terminal. Knows neither Spark nor DL4J.
 */
package org.espalier.results;
