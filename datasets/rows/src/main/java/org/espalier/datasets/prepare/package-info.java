/** The Spark job that turns the rows of a source into a dataset of Parquet shards. */
package org.espalier.datasets.prepare;
