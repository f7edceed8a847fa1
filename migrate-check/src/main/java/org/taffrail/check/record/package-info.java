// SPDX-License-Identifier: Apache-2.0
/**
 * What is recorded inside the application, in bounded memory, and the file that it is written to.
 * Read {@link org.taffrail.check.record.Recorder} first, then {@link
 * org.taffrail.check.record.RecordFile} for the format. Compiled for Java 8, as what runs inside
 * applications must be.
 */
package org.taffrail.check.record;
