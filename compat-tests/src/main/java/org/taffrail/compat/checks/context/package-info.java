// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of what chapter 6 says about contexts, which are a connection and a session in one. {@link
 * org.taffrail.compat.checks.context.ContextChapter} lists them.
 */
package org.taffrail.compat.checks.context;
