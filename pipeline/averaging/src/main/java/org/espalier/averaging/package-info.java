/**
 * Many replicas: rounds of local steps, shards summed where they land, one averaged vector, one
 * mask. The only package that knows both Spark and DL4J.
 */
package org.espalier.averaging;
