// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import java.util.List;

/** What differs between the kit for Jakarta Messaging and the one for JMS 2.0. */
public final class Flavour {
    /** Which providers the kit starts. */
    public static final List<Peer> STARTED = List.of(Peer.values());

    /** The folder of this kit in a checkout. */
    static final String KIT = "compat-tests";

    /** The folder of Taffrail's client in a checkout. */
    static final String PROVIDER = "provider";

    private Flavour() {}
}
