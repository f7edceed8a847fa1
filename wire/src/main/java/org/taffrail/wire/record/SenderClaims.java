// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Refuses records of a client that say what only the broker may say: that another user sent them,
 * that they are the broker's copies, where such a copy came from, or that another broker has named
 * them. What a broker stores can therefore be believed in these. Who may import says the first and
 * the last of them. Costs a look at one word of each record, and more only for those that name a
 * user or have properties.
 */
public final class SenderClaims {
    /**
     * How the names begin of all properties that the broker, or the receiver's provider, sets
     * (Jakarta Messaging 3.5.10). A record that a client sends has none of them.
     */
    public static final String RESERVED_PREFIX = "JMS_TAFFRAIL_";

    private static final byte[] RESERVED = RESERVED_PREFIX.getBytes(StandardCharsets.US_ASCII);

    private static final int LOOKED_AT =
            RecordLayout.COPY
                    | RecordLayout.USER_ID
                    | RecordLayout.ID_TEXT
                    | RecordLayout.PROPERTIES;

    private SenderClaims() {}

    /**
     * Looks at a run that has passed {@link RunCheck}.
     *
     * @param array the bytes
     * @param at where the run begins
     * @param user the sender's name in UTF-8; null for an anonymous one, who may name nobody
     * @param imports whether the sender was let in as one who imports
     * @throws WireException {@link ErrorCode#NOT_PERMITTED} if a record is marked as a copy or has
     *     a property of a reserved name, or, unless it is imported, has another user id or the
     *     message id of another broker
     */
    public static void check(byte[] array, int at, byte[] user, boolean imports) {
        int count = RunLayout.count(array, at);
        int position = at + RunLayout.HEADER_BYTES;
        RecordView view = null;
        for (int i = 0; i < count; i++) {
            int bits = RecordLayout.bits(array, position);
            if ((bits & LOOKED_AT) != 0) {
                if ((bits & RecordLayout.COPY) != 0) {
                    throw refused("a message says that it is a copy which a broker made");
                }
                view = view == null ? new RecordView() : view;
                view.wrap(array, position);
                if (!imports) {
                    checkOrigin(view, bits, user);
                }
                if ((bits & RecordLayout.PROPERTIES) != 0) {
                    checkNames(view);
                }
            }
            position += RecordLayout.length(array, position);
        }
    }

    private static void checkOrigin(RecordView view, int bits, byte[] user) {
        if ((bits & RecordLayout.USER_ID) != 0 && (user == null || !isSentBy(view, user))) {
            throw refused("a message names as JMSXUserID another user than its sender");
        }
        if ((bits & RecordLayout.ID_TEXT) != 0) {
            throw refused("a message has the JMSMessageID of another broker and is not imported");
        }
    }

    private static boolean isSentBy(RecordView view, byte[] user) {
        byte[] array = view.array();
        int at = view.at(RecordLayout.USER_ID);
        int from = at + Short.BYTES;
        int to = from + Bytes.getUnsignedShort(array, at);
        return Arrays.equals(array, from, to, user, 0, user.length);
    }

    private static void checkNames(RecordView view) {
        byte[] array = view.array();
        ByteSource source = view.propertySource();
        for (int left = view.propertyCount(); left > 0; left--) {
            int length = source.getUnsignedShort();
            int name = source.skip(length);
            if (length >= RESERVED.length
                    && Arrays.equals(
                            array, name, name + RESERVED.length, RESERVED, 0, RESERVED.length)) {
                throw refused(
                        "a message has a property whose name begins with "
                                + RESERVED_PREFIX
                                + ", as only a broker's own do");
            }
            TypedValues.skip(source);
        }
    }

    private static WireException refused(String cause) {
        return new WireException(ErrorCode.NOT_PERMITTED, cause);
    }
}
