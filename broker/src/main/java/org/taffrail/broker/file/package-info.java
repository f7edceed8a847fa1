// SPDX-License-Identifier: Apache-2.0
/**
 * Files as a store needs them: positional writes, forces that mean it, atomic renames. Start with
 * {@link org.taffrail.broker.file.Folder}, which says what is durable when; {@link
 * org.taffrail.broker.file.DiskFolder} is the real one.
 */
package org.taffrail.broker.file;
