// SPDX-License-Identifier: Apache-2.0
/**
 * What is made of the files of a run, away from the application: {@link
 * org.taffrail.check.report.RecordReader} reads and adds them up, {@link
 * org.taffrail.check.report.Judge} says what works on Taffrail, and the rest shows it. Judgements
 * are made here and not while recording, so that old files profit from better ones.
 */
package org.taffrail.check.report;
