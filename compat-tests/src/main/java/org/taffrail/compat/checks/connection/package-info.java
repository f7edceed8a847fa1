// SPDX-License-Identifier: Apache-2.0
/** Checks of chapter 6 that are about connections. */
package org.taffrail.compat.checks.connection;
