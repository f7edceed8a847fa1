// SPDX-License-Identifier: Apache-2.0
/** What all files of the embedded store begin with, and how damage to them is told. */
package org.taffrail.broker.store.format;
