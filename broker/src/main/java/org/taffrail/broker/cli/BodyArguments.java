// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Option;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Where the bodies of messages that are sent come from, and what they are. */
final class BodyArguments {
    /** The body as an argument, or null. */
    private String body;

    @Option(names = "--file", paramLabel = "FILE", description = "The body is this file.")
    private Path file;

    @Option(
            names = "--lines",
            description = "Each line of the file or of standard input is a message.")
    private boolean lines;

    @Option(names = "--bytes", description = "The body is bytes as they are, and not a text.")
    private boolean bytes;

    @Option(names = "--base64", description = "The body is bytes, given as Base64.")
    private boolean base64;

    @Option(
            names = "--entry",
            paramLabel = "NAME[:TYPE]=VALUE",
            description = "The body is a map with such entries; types as of --property.")
    private List<String> entries = new ArrayList<>();

    /**
     * Checks what was typed.
     *
     * @param argument the body as an argument, or null
     */
    void check(String argument) {
        body = argument;
        int sources = (body == null ? 0 : 1) + (file == null ? 0 : 1) + (isMap() ? 1 : 0);
        MessageAction.refuseUnless(
                sources <= 1, "give one body: an argument, --file, or --entry as often as needed");
        MessageAction.refuseUnless(
                !lines || body == null && !isMap(),
                "--lines is for --file or standard input, and there is a body already");
        MessageAction.refuseUnless(
                !isMap() || !bytes && !base64, "a map is neither --bytes nor --base64");
        MessageAction.refuseUnless(
                !bytes || !base64, "--bytes are bytes as they are, --base64 are not: give one");
        entries.forEach(entry -> TypedValue.parse("--entry", entry));
    }

    private boolean isMap() {
        return !entries.isEmpty();
    }

    /** Tells whether the body is awaited on standard input. */
    boolean isFromInput() {
        return body == null && file == null && !isMap();
    }

    /** Takes messages as they are made. */
    interface Sink {
        void take(Message message) throws JMSException;
    }

    /**
     * Makes the messages, one after the other.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if a body is too long, or not what it
     *     is said to be
     */
    void each(Session session, InputStream input, Sink sink) throws JMSException, IOException {
        if (isMap()) {
            sink.take(map(session));
            return;
        }
        try (InputStream from = open(input)) {
            long number = 1;
            byte[] next = next(from, number);
            while (next != null) {
                sink.take(message(session, next, lines ? "line " + number : "the body"));
                number++;
                next = lines ? next(from, number) : null;
            }
        }
    }

    private InputStream open(InputStream input) throws IOException {
        if (body != null) {
            return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        }
        if (file == null) {
            return new BufferedInputStream(input);
        }
        try {
            return new BufferedInputStream(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, "there is no file " + file);
        }
    }

    /** Reads a line, or all there is; null behind the last line. */
    private byte[] next(InputStream from, long number) throws IOException {
        if (!lines) {
            byte[] all = from.readNBytes(MessageLines.BODY_BYTES_MAX + 1);
            checkLength(all.length, "the body");
            return all;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = from.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            checkLength(line.size(), "line " + number);
            next = from.read();
        }
        byte[] read = line.toByteArray();
        boolean isEndedByTwo = read.length > 0 && read[read.length - 1] == '\r';
        return isEndedByTwo ? Arrays.copyOf(read, read.length - 1) : read;
    }

    private static void checkLength(int length, String what) {
        MessageAction.refuseUnless(
                length <= MessageLines.BODY_BYTES_MAX,
                what + " has more than " + MessageLines.BODY_BYTES_MAX + " bytes");
    }

    private Message message(Session session, byte[] read, String what) throws JMSException {
        if (!bytes && !base64) {
            return session.createTextMessage(text(read, what));
        }
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(bytes ? read : decoded(read, what));
        return message;
    }

    private static String text(byte[] read, String what) {
        try {
            return ByteSource.decodeUtf8(read, 0, read.length);
        } catch (WireException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, what + " is not UTF-8; --bytes sends it as it is");
        }
    }

    private static byte[] decoded(byte[] read, String what) {
        try {
            return Base64.getMimeDecoder().decode(read);
        } catch (IllegalArgumentException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, what + " is not Base64");
        }
    }

    private MapMessage map(Session session) throws JMSException {
        MapMessage map = session.createMapMessage();
        for (String entry : entries) {
            TypedValue typed = TypedValue.parse("--entry", entry);
            map.setObject(typed.name(), typed.value());
        }
        return map;
    }
}
