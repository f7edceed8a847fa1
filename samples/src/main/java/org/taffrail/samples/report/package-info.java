// SPDX-License-Identifier: Apache-2.0

/**
 * How the samples tell on a terminal what happened. Start with {@link
 * org.taffrail.samples.report.Narrator}.
 */
package org.taffrail.samples.report;
