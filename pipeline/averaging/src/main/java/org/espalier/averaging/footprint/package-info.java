/** The memory that a run takes, worked out before its executors start. */
package org.espalier.averaging.footprint;
