// SPDX-License-Identifier: Apache-2.0
/**
 * What is told of runs: {@link org.taffrail.compat.report.JunitXml} is both a report for CI tools
 * and the data that the other reports are made of; {@link
 * org.taffrail.compat.report.ComparisonPage} puts several providers side by side.
 */
package org.taffrail.compat.report;
