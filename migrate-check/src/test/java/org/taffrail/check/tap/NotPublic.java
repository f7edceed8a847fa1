// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

/** An interface that a provider keeps to itself. */
interface NotPublic {}
