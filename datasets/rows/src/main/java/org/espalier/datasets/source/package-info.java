/** What every collection of raw data looks like to the job that prepares it. */
package org.espalier.datasets.source;
