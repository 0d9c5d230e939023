package dev.livestream.crypto;

/** How much a chunk matters when not everything can be in time. Part of what is signed. */
public enum ChunkPriority {
  /** Given up first. */
  ORDINARY(0),
  /** Sound: little data, and missed at once. */
  AUDIO(1),
  /** Part of a key frame: without it a whole group of pictures is lost. */
  KEY_FRAME(2);

  private static final ChunkPriority[] BY_CODE = values();

  private final int code;

  ChunkPriority(int code) {
    this.code = code;
  }

  /**
   * The number that stands for this priority on the wire and in signatures. It never changes.
   *
   * @return 0, 1 or 2
   */
  public int code() {
    return code;
  }

  /**
   * Finds a priority by its number.
   *
   * @param code a number from the wire
   * @return the priority
   * @throws MalformedException if no priority has this number
   */
  public static ChunkPriority ofCode(int code) throws MalformedException {
    if (code < 0 || code >= BY_CODE.length) {
      throw new MalformedException("There is no chunk priority " + code + ".");
    }
    return BY_CODE[code];
  }
}
