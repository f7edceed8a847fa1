// SPDX-License-Identifier: Apache-2.0
/** An application of somebody else, which knows neither Taffrail nor that it is watched. */
package org.acme.orders;
