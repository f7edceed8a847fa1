// SPDX-License-Identifier: Apache-2.0
/**
 * The test of the checks: a wrapper around a provider that behaves breaks one rule at a time, and
 * the checks have to notice. Start with {@link org.taffrail.compat.mutation.Mutation}.
 */
package org.taffrail.compat.mutation;
