// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of chapter 5 and of section 6.1: connection factories and destinations as administered
 * objects, and connections. {@link org.taffrail.compat.checks.connection.ConnectionChapter} lists
 * them.
 */
package org.taffrail.compat.checks.connection;
