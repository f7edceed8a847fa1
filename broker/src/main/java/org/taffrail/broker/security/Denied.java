// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * Why something is not permitted.
 *
 * @param who whose wish it was
 * @param right the word for the right that is lacking, such as {@code send}
 * @param object what it was about, such as {@code queue orders.eu}; null for nothing by name
 * @param key the configuration key that decides
 * @param reason what the client is told: who may not do what, and which key to see
 */
public record Denied(Identity who, String right, String object, String key, String reason) {
    /**
     * Makes what the client is told.
     *
     * @return an error with {@link ErrorCode#NOT_PERMITTED}
     */
    public WireException refusal() {
        return new WireException(ErrorCode.NOT_PERMITTED, reason);
    }
}
