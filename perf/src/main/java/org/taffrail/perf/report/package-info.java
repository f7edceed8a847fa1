// SPDX-License-Identifier: Apache-2.0
/**
 * Turns figures into tables: percentiles, several repetitions, several providers side by side.
 *
 * <p>Read {@link org.taffrail.perf.report.Comparison} first.
 */
package org.taffrail.perf.report;
