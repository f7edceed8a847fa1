// SPDX-License-Identifier: Apache-2.0
/**
 * Turns figures into tables and pages: percentiles, several repetitions, several providers side by
 * side.
 *
 * <p>For what is printed read {@link org.taffrail.perf.report.Comparison} first; for the page
 * {@link org.taffrail.perf.report.LatencyReport}, what it shows, then {@link
 * org.taffrail.perf.report.LatencyPage}.
 */
package org.taffrail.perf.report;
