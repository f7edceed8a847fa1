// SPDX-License-Identifier: Apache-2.0
/**
 * Messages of a provider that does not exist: small implementations of the interfaces of chapter 3
 * that no provider under test has written. {@link
 * org.taffrail.compat.checks.message.foreign.ForeignMessageChecks} sends them.
 */
package org.taffrail.compat.checks.message.foreign;
