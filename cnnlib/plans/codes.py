"""The fixed codes of LeNet-5's outputs: small pictures of the ten digits.

Source: LeCun et al. (1998), section II-B and figure 3. They are read from a small
reproduction of that figure, two pixels a cell, and agree with what somebody else had
read there; where a stroke touches the frame, a cell may be another one in the paper.
The bars on top of 0, 2, 4 and 5 stand there too.
"""

_DIGITS = """
.#####.  ...##..  .#####.  #######  .#####.  .#####.  ..####.  #######  .#####.  .#####.
.......  ..###..  .......  .....##  .......  .......  .##....  .....##  ##...##  ##..###
..###..  .####..  .#####.  ....##.  .......  #######  ##.....  .....##  ##...##  ##...##
.##.##.  ...##..  ##...##  ...##..  .##..##  ##.....  ##.....  ....##.  ##...##  ##...##
##...##  ...##..  #....##  ..####.  .##..##  ##.....  ######.  ...##..  .#####.  ##..###
##...##  ...##..  ....##.  .....##  ###..##  .####..  ###..##  ...##..  ##...##  .######
##...##  ...##..  ..###..  .....##  ##...##  ..####.  ##...##  ..##...  ##...##  .....##
##...##  ...##..  .##....  .....##  ##...##  .....##  ##...##  ..##...  ##...##  .....##
.##.##.  ...##..  ##.....  ##...##  ##..###  ##...##  ###..##  ..##...  ##...##  ....##.
..###..  .######  #######  .#####.  .######  .#####.  .#####.  ..##...  .#####.  .####..
.......  .......  .......  .......  .....##  .......  .......  .......  .......  .......
.......  .......  .......  .......  .....##  .......  .......  .......  .......  .......
"""

CODES = tuple(
    tuple(
        1 if cell == "#" else -1
        for row in _DIGITS.split("\n")[1:-1]
        for cell in row.split()[digit]
    )
    for digit in range(10)
)
"""One code a digit: 84 numbers, 1 for ink and -1 for paper, row by row of 12 x 7."""
