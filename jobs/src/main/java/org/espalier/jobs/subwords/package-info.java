/** Commands that turn lines of text into numbers of subwords and back. */
package org.espalier.jobs.subwords;
