// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

/** A public interface of a provider's own. */
public interface VendorThing {
    /** Something only this provider can do. */
    String special();
}
