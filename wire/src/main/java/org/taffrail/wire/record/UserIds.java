// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.Bytes;

import java.util.Arrays;

/**
 * Tells whether records claim to be of another user than the one who sends them. Costs a look at
 * one word of each record, and more only for those that name a user at all.
 */
public final class UserIds {
    private UserIds() {}

    /**
     * Looks at a run that has passed {@link RunCheck}.
     *
     * @param array the bytes
     * @param at where the run begins
     * @param user the sender's name in UTF-8; null for an anonymous one, who may name nobody
     * @return true if every record has this user id or none
     */
    public static boolean nameOnly(byte[] array, int at, byte[] user) {
        int count = RunLayout.count(array, at);
        int position = at + RunLayout.HEADER_BYTES;
        RecordView view = null;
        for (int i = 0; i < count; i++) {
            if ((RecordLayout.bits(array, position) & RecordLayout.USER_ID) != 0) {
                view = view == null ? new RecordView() : view;
                view.wrap(array, position);
                if (user == null || !isAt(view, user)) {
                    return false;
                }
            }
            position += RecordLayout.length(array, position);
        }
        return true;
    }

    private static boolean isAt(RecordView view, byte[] user) {
        byte[] array = view.array();
        int at = view.at(RecordLayout.USER_ID);
        int from = at + Short.BYTES;
        int to = from + Bytes.getUnsignedShort(array, at);
        return Arrays.equals(array, from, to, user, 0, user.length);
    }
}
