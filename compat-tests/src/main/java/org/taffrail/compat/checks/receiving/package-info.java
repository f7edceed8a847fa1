// SPDX-License-Identifier: Apache-2.0
/** Checks of chapter 8 that are about consumers: receiving, listeners, closing. */
package org.taffrail.compat.checks.receiving;
