// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.compat.kit.Scene;

import java.util.List;

/** The texts of messages, in listeners, which can't throw checked exceptions. */
final class Texts {
    private Texts() {}

    /** Adds a message's text to a list, or says there why it can't be read. */
    static void add(List<String> texts, Message message) {
        try {
            texts.add(Scene.text(message));
        } catch (JMSException e) {
            texts.add(e.toString());
        }
    }
}
