// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.visit;

import org.taffrail.console.http.Refusal;
import org.taffrail.wire.WireException;

/** How what the broker refuses is said in HTTP: the one table. */
final class Refusals {
    private Refusals() {}

    static Refusal of(WireException refused) {
        int status =
                switch (refused.code()) {
                    case AUTHENTICATION_FAILED, UNSUPPORTED_MECHANISM -> Refusal.UNAUTHORIZED;
                    case NOT_PERMITTED -> Refusal.FORBIDDEN;
                    case NO_SUCH_DESTINATION,
                            NO_SUCH_SUBSCRIPTION,
                            NO_SUCH_TRANSACTION,
                            NO_SUCH_CONSUMER ->
                            Refusal.NOT_FOUND;
                    case INVALID_OPTION, INVALID_SELECTOR, INVALID_NAME -> Refusal.BAD_REQUEST;
                    case MESSAGE_TOO_LARGE -> Refusal.TOO_LARGE;
                    case STOPPING, CONNECTION_LOST, TIMEOUT, NO_ROOM, STORE_FAILED, LIMIT_REACHED ->
                            Refusal.UNAVAILABLE;
                    default -> Refusal.CONFLICT;
                };
        return new Refusal(status, refused.code().name(), refused.getMessage());
    }
}
