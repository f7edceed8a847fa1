// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import java.util.List;

/** The keys that limit what one user may have, over all its connections. */
public final class UserLimitKeys {
    /** How many connections one user may have. */
    public static final ConfigKey<Long> CONNECTIONS_MAX =
            named("limits.user.connectionsMax")
                    .live()
                    .does(
                            "How many connections a user may have at once; all clients without a user"
                                    + " are one. 0 sets no limit, as with the keys that follow.")
                    .from(0, 1_000_000)
                    .number(0);

    /** How many consumers one user may have. */
    public static final ConfigKey<Long> CONSUMERS_MAX =
            named("limits.user.consumersMax")
                    .live()
                    .does(
                            "How many consumers and browsers a user may have over all its connections.")
                    .from(0, 10_000_000)
                    .number(0);

    /** How many messages one user may send in a second. */
    public static final ConfigKey<Long> SENDS_PER_SECOND_MAX =
            named("limits.user.sendsPerSecondMax")
                    .live()
                    .does(
                            "How many messages a user may send in a second, over all its connections,"
                                    + " and at once after a pause. A send that is too much is refused"
                                    + " with LIMIT_REACHED: set it well above what applications need,"
                                    + " as a fuse.")
                    .from(0, 1_000_000_000)
                    .number(0);

    /** How many bytes one user may send in a second. */
    public static final ConfigKey<Long> SEND_BYTES_PER_SECOND_MAX =
            named("limits.user.sendBytesPerSecondMax")
                    .live()
                    .does(
                            "How many bytes of messages a user may send in a second, in the same way.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 40)
                    .number(0);

    /** How large a message of one user may be. */
    public static final ConfigKey<Long> MESSAGE_BYTES_MAX =
            named("limits.user.messageBytesMax")
                    .live()
                    .does(
                            "The largest message that a user may send, with its properties and"
                                    + " headers, where that is less than limits.messageBytesMax.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 30)
                    .number(0);

    /** How many bytes of messages one user's consumers may hold. */
    public static final ConfigKey<Long> HELD_BYTES_MAX =
            named("limits.user.heldBytesMax")
                    .live()
                    .does(
                            "How many bytes of messages a user's consumers may hold that are delivered"
                                    + " and not acknowledged or committed: nothing more is delivered"
                                    + " to them until an eighth of it is. A message that begins below"
                                    + " the limit is delivered, however large.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 50)
                    .number(0);

    /** How many destinations one user may make. */
    public static final ConfigKey<Long> CREATES_MAX =
            named("limits.user.createsMax")
                    .live()
                    .does(
                            "How many queues and topics a user may make by naming them, from one start"
                                    + " of the broker to the next, as a fuse against an application"
                                    + " that makes one for each message; what managers make does not"
                                    + " count.")
                    .from(0, 1_000_000)
                    .number(0);

    /** How many temporary destinations one user may have. */
    public static final ConfigKey<Long> TEMPORARY_MAX =
            named("limits.user.temporaryMax")
                    .live()
                    .does("How many temporary queues and topics a user may have at once.")
                    .from(0, 10_000_000)
                    .number(0);

    static final List<ConfigKey<?>> ALL =
            List.of(
                    CONNECTIONS_MAX,
                    CONSUMERS_MAX,
                    SENDS_PER_SECOND_MAX,
                    SEND_BYTES_PER_SECOND_MAX,
                    MESSAGE_BYTES_MAX,
                    HELD_BYTES_MAX,
                    CREATES_MAX,
                    TEMPORARY_MAX);

    private UserLimitKeys() {}
}
