// SPDX-License-Identifier: Apache-2.0
/** The distribution, unpacked and used as an operator does; begin with {@link DistributionIT}. */
package org.taffrail.dist;
