// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.MessageFormatException;

import org.taffrail.jms.JmsErrors;
import org.taffrail.wire.ErrorCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The texts of a bytes message: a 16-bit length and modified UTF-8, as {@code DataOutput} has them.
 */
final class ModifiedUtf8 {
    private ModifiedUtf8() {}

    static byte[] encode(String text) throws MessageFormatException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 + text.length());
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeUTF(text);
        } catch (IOException e) {
            throw JmsErrors.caused(
                    new MessageFormatException(
                            "writeUTF takes at most 65535 bytes",
                            ErrorCode.MESSAGE_TOO_LARGE.name()),
                    e);
        }
        return bytes.toByteArray();
    }

    /** Reads a text whose length, counted in the range, is whole. */
    static String decode(byte[] array, int from, int length) throws MessageFormatException {
        try (DataInputStream input =
                new DataInputStream(new ByteArrayInputStream(array, from, length))) {
            return input.readUTF();
        } catch (IOException e) {
            throw JmsErrors.caused(
                    new MessageFormatException(
                            "the bytes here are not what writeUTF writes",
                            ErrorCode.MALFORMED.name()),
                    e);
        }
    }
}
