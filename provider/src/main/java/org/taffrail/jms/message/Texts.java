// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.MessageFormatException;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;

import java.nio.charset.StandardCharsets;

/**
 * Demands of texts that they can travel. Half a surrogate pair has no UTF-8 form; Java's encoder
 * would silently make it a question mark, so a message with such a text is refused when it is sent.
 */
final class Texts {
    private Texts() {}

    /**
     * Demands that every surrogate has its other half.
     *
     * @param what whose text it is, for the error
     * @param text any text or null
     * @return the text
     * @throws MessageFormatException if a surrogate stands alone
     */
    static String checked(String what, String text) throws MessageFormatException {
        int length = text == null ? 0 : text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < length
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw new MessageFormatException(
                            what
                                    + " has half a surrogate pair at index "
                                    + i
                                    + ", which has no form in UTF-8",
                            ErrorCode.MALFORMED.name());
                }
            }
        }
        return text;
    }

    /**
     * Appends a text as UTF-8 without its length.
     *
     * @param sink where to
     * @param what whose text it is, for the error
     * @param text any text
     * @throws MessageFormatException if a surrogate stands alone
     */
    static void append(ByteSink sink, String what, String text) throws MessageFormatException {
        byte[] bytes = checked(what, text).getBytes(StandardCharsets.UTF_8);
        sink.putBytes(bytes, 0, bytes.length);
    }
}
