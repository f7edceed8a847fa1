// SPDX-License-Identifier: Apache-2.0
/** Checks of chapter 7: producers, what is set on send, and asynchronous sends. */
package org.taffrail.compat.checks.sending;
