// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

/** What an acknowledged persistent message survives; the same for every broker of a comparison. */
public enum Durability {
    /** Power loss: an acknowledgement waits for a force. */
    FORCE("force"),
    /** The end of the broker's process: an acknowledgement waits for the write. */
    PAGE_CACHE("page-cache");

    private final String id;

    Durability(String id) {
        this.id = id;
    }

    /**
     * The mode as it is typed.
     *
     * @return lower case with a dash
     */
    @Override
    public String toString() {
        return id;
    }
}
