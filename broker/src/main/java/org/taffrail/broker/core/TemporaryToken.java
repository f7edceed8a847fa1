// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The part of a temporary destination's name that nobody can guess: whoever was not told the name
 * does not know where to send. It follows from the random id of the client's instance, which only
 * the client and the broker know and which can't be computed back, and so is the same whenever a
 * history is run again.
 */
final class TemporaryToken {
    private TemporaryToken() {}

    /**
     * Makes one.
     *
     * @param owner whose destination it is
     * @param number a number that no other of its destinations has
     * @return letters and digits, 64 bits of them
     */
    static String of(Producer owner, long number) {
        ByteBuffer told = ByteBuffer.allocate(4 * Long.BYTES);
        told.putLong(owner.identity.instanceHigh());
        told.putLong(owner.identity.instanceLow());
        told.putLong(owner.id);
        told.putLong(number);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(told.array());
            return Long.toUnsignedString(ByteBuffer.wrap(digest).getLong(), Character.MAX_RADIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
