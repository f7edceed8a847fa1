// SPDX-License-Identifier: Apache-2.0
/**
 * What is decided for destinations by their names: how often and when failed messages come again,
 * where dead letters and expired messages go. Values only, frozen when the broker starts. Read
 * {@link org.taffrail.broker.core.policy.Policies} first.
 */
package org.taffrail.broker.core.policy;
