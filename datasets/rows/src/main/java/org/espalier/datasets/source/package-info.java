/** What every collection of raw labelled images looks like to the job that prepares it. */
package org.espalier.datasets.source;
