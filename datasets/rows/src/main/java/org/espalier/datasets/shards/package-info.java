/** Parquet shards: their columns, how they are read, and the row groups that a process keeps. */
package org.espalier.datasets.shards;
