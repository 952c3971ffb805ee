/** The Spark job that turns labelled images into a dataset of Parquet shards. */
package org.espalier.datasets.prepare;
