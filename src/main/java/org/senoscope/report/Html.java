
package org.senoscope.report;

/** Builds the text of a web page; everything that is not markup is escaped. */
final class Html {

	private final StringBuilder page = new StringBuilder(1 << 20);

	/** Adds markup as it stands. */
	Html raw(final String markup) {
		page.append(markup);
		return this;
	}

	/** Adds text. */
	Html text(final String text) {
		page.append(escape(text));
		return this;
	}

	/** Adds an element that holds text only; tag and attributes as they stand. */
	Html element(final String tagAndAttributes, final String text) {
		final int blank = tagAndAttributes.indexOf(' ');
		final String tag = blank < 0 ? tagAndAttributes : tagAndAttributes
			.substring(0, blank);
		return raw("<" + tagAndAttributes + ">").text(text).raw("</" + tag + ">\n");
	}

	/** Escapes text for content and quoted attributes. */
	static String escape(final String text) {
		final StringBuilder escaped = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			switch (c) {
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '"' -> escaped.append("&quot;");
				case '\'' -> escaped.append("&#39;");
				default -> escaped.append(c < 0x20 && c != '\n' && c != '\t' ? ' ' : c);
			}
		}
		return escaped.toString();
	}

	@Override
	public String toString() {
		return page.toString();
	}
}
