// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import java.util.Locale;
import java.util.Set;

/**
 * Which names a property may have: those a selector can name (Jakarta Messaging 3.5.1, 3.8.1.1). A
 * Java identifier in any script, but none of the selector language's words, in whatever case.
 */
final class PropertyNames {
    /** The group that a message belongs to; a text; the record's key. */
    static final String GROUP_ID = "JMSXGroupID";

    /** The message's place in its group; an int. */
    static final String GROUP_SEQUENCE = "JMSXGroupSeq";

    /** How often a message was delivered; set on receive. */
    static final String DELIVERY_COUNT = "JMSXDeliveryCount";

    /** The sending user; set on send. */
    static final String USER_ID = "JMSXUserID";

    /** The sending application; set on send. */
    static final String APPLICATION_ID = "JMSXAppID";

    /** When the message was handed to its consumer; set on receive; a long. */
    static final String RECEIVE_TIMESTAMP = "JMSXRcvTimestamp";

    /** Where a message stands in the log it was received from; set on request; a long. */
    static final String OFFSET = "JMS_TAFFRAIL_OFFSET";

    /** When it was appended there, ms since 1970; set on request; a long. */
    static final String APPEND_TIME = "JMS_TAFFRAIL_APPEND_TIME";

    /** The queue or the subscription it was received of, if that has a name; set on request. */
    static final String GROUP = "JMS_TAFFRAIL_GROUP";

    private static final int WORD_CHARS_MAX = 7;

    private static final Set<String> WORDS =
            Set.of(
                    "NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS",
                    "ESCAPE");

    private PropertyNames() {}

    /**
     * Demands that a property may have this name.
     *
     * @param name any text or null
     * @throws IllegalArgumentException if not
     */
    static void check(String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a property's name is null or empty");
        }
        if (!isIdentifier(name)) {
            throw new IllegalArgumentException(
                    "a property's name must be a Java identifier, and \"" + name + "\" is not");
        }
        if (name.length() <= WORD_CHARS_MAX && WORDS.contains(name.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "a property can't be named "
                            + name
                            + ", which is a word of the selector language");
        }
    }

    private static boolean isIdentifier(String name) {
        int first = name.codePointAt(0);
        if (!Character.isJavaIdentifierStart(first)) {
            return false;
        }
        int at = Character.charCount(first);
        while (at < name.length()) {
            int next = name.codePointAt(at);
            if (!Character.isJavaIdentifierPart(next)) {
                return false;
            }
            at += Character.charCount(next);
        }
        return true;
    }
}
