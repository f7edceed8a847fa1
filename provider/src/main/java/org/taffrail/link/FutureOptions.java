// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.List;

/**
 * Names that people type because other clients have them, for what is not there yet. They are
 * refused by name: an option that is ignored promises what it does not keep.
 */
final class FutureOptions {
    private static final List<String> SSL =
            List.of(
                    "transport.keyAlias",
                    "transport.storeType",
                    "transport.contextProtocol",
                    "transport.enabledCipherSuites",
                    "transport.disabledCipherSuites",
                    "transport.disabledProtocols",
                    "transport.trustAll");

    private FutureOptions() {}

    /**
     * Refuses an option that belongs to what is not there yet; returns for any other.
     *
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED}
     */
    static void refuse(String name) {
        for (String prefix : SSL) {
            if (name.startsWith(prefix)) {
                throw new WireException(
                        ErrorCode.NOT_SUPPORTED,
                        "option \"" + name + "\": this part of TLS is not there");
            }
        }
    }
}
